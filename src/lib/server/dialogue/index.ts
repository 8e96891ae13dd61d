export { createComment, type NewComment } from './create-comment.ts';
export { listOwnResponses, readOwnComments } from './own-data.ts';
export { publishResponse, type NewResponse } from './publish-response.ts';
export * from './reads/answers.ts';
export * from './reads/comments.ts';
export {
	countComments,
	countCommentsByLine,
	findDialogueFigures,
	type CommentCounts,
	type DialogueFigures,
} from './reads/counts.ts';
export { countInbox, listByStatus, listWaiting, type InboxCounts, type InboxItem } from './reads/inbox.ts';
export type { Page, PageStart } from './reads/page.ts';
