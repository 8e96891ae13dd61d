export { createComment, type CommentRefusal, type NewComment } from './create-comment.ts';
export { publishResponse, type NewResponse, type PublishRefusal } from './publish-response.ts';
export * from './reads.ts';
