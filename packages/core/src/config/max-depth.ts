/** How deep values may nest: far deeper than any configuration, far shallower than any stack. */
export const MAX_DEPTH = 50;
