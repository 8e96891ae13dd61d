export { createComment, type NewComment } from './create-comment.ts';
export { publishResponse, type NewResponse } from './publish-response.ts';
export * from './reads.ts';
