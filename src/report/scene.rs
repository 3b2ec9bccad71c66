//! The graph as a positioned picture: cards, groups and polylines. Painters draw it and decide nothing.
