//! The page: one review element that fills the window.

import './elements/review-element';
import { pageSheet } from './style';

document.adoptedStyleSheets = [pageSheet()];
document.body.append(document.createElement('plumbline-review'));
