/** Length is what protects; rules about signs and digits only make people write passwords down (NIST SP 800-63B, 5.1.1.2). */
export const PASSWORD_LENGTH_MIN = 12;
export const PASSWORD_LENGTH_MAX = 128;
