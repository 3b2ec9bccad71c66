// A review from the one before and what differs.

/**
 * The review that a project's `update` tells, with the review that its update before told. What stayed are the same objects.
 * The reviver is handed to `JSON.parse`.
 */
export function joined(update, before, reviver) {
  const review = JSON.parse(update, reviver);
  // `[first, count]` stands for entries of the list before; an entry is never an array.
  const list = (now, was) => now.flatMap((part) => (Array.isArray(part) ? was.slice(part[0], part[0] + part[1]) : part));
  const join = (now, was, names) => names.forEach((name) => (now[name] = list(now[name], was?.[name])));
  join(review, before, ["files", "resources", "dependencies", "changes", "findings"]);
  join(review.impact, before?.impact, ["per_resource"]);
  join(review.cost, before?.cost, ["resources", "free", "usage_dependent", "unpriced", "left_out"]);
  return review;
}
