declare const brand: unique symbol;

/** A value of type T that has passed one particular check; made only by the parser that names it. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
