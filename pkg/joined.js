// A review from the one before and what differs.

/**
 * The review that a project's `update` tells, with the review that its update before told. What stayed are the same objects.
 */
export function joined(update, before) {
  const review = JSON.parse(update);
  // `[first, count]` stands for entries of the list before; an entry is never an array.
  const list = (now, was) => now.flatMap((part) => (Array.isArray(part) ? was.slice(part[0], part[0] + part[1]) : part));
  for (const name of ["resources", "dependencies", "changes", "findings"]) review[name] = list(review[name], before?.[name]);
  review.impact.per_resource = list(review.impact.per_resource, before?.impact.per_resource);
  review.cost.resources = list(review.cost.resources, before?.cost.resources);
  return review;
}
