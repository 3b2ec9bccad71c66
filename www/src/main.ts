//! The page: one review element that fills the window.

import { PlumblineReview } from './elements/review-element';
import { pageSheet } from './style';

document.adoptedStyleSheets = [pageSheet()];
const review = new PlumblineReview();
review.wholePage = true;
document.body.append(review);
