import type { Review } from "./plumbline.js";

/**
 * The review that a project's `update` tells, with the review that its update before told; without one for the first.
 * What stayed are the same objects. The reviver is handed to `JSON.parse`, for integers past 2^53, say.
 */
export function joined(
  update: string, before?: Review, reviver?: (key: string, value: unknown, context: { source: string }) => unknown,
): Review;
