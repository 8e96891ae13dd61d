import type { ResponseFault } from './response.ts';
import type { TextRefusal } from './text.ts';

export type CommentRefusal = TextRefusal | { readonly code: 'comment_form_used' };

/** Who may not comment now, though they may have begun to write. */
type CommentDenialCode = 'comment_sign_in_needed' | 'comment_email_unconfirmed' | 'comment_consent_outdated';

export type PublishRefusal =
	| { readonly code: 'response_incomplete'; readonly faults: readonly ResponseFault[] }
	| { readonly code: 'comment_unknown' }
	/** Somebody else published in the meantime; what they wrote must be read first. */
	| { readonly code: 'response_changed_meanwhile' }
	| { readonly code: 'response_unchanged' };

/** All that a form about comments and responses can be refused for, for the texts: none may lack one. */
export type DialogueRefusalCode =
	| CommentRefusal['code']
	| CommentDenialCode
	| ResponseFault['code']
	| 'status_missing'
	// An unknown comment is no page at all, and of an incomplete response each fault speaks for itself.
	| Exclude<PublishRefusal['code'], 'comment_unknown' | 'response_incomplete'>;
