
/** A value of an argument; what is not known says why, what is sensitive is not shown. */
export type AttributeValue =
    | null | boolean | number | string | AttributeValue[]
    | { unknown: string } | { sensitive: true } | { [key: string]: AttributeValue };
/** Which of the two compared versions a file belongs to. */
export type Side = "before" | "after";
