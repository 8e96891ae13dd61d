/** Kinds of mail and what each needs to be written. Nothing secret: the table is no place for a working link. */
export type MailMessage =
	| { readonly kind: 'confirm_email'; readonly parameters: Readonly<Record<string, never>> }
	| { readonly kind: 'address_taken'; readonly parameters: Readonly<Record<string, never>> }
	| { readonly kind: 'response_published'; readonly parameters: ResponsePublished };

/** The official text goes out as published, Kazakh first; the path is that of the response, without its language. */
export type ResponsePublished = {
	readonly path: string;
	readonly cityKk: string;
	readonly cityRu: string;
	readonly cityEn: string;
	readonly textKk: string;
	readonly textRu: string;
};

export type MailKind = MailMessage['kind'];
