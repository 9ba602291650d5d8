// The styles of all pages but fronts, which are what strangers see first: what an app keeps in `frontend/pages/`. They
// come after the design system's and the fronts' (frontend/main.js), which have named the layers.
import "../bouquet/toolkit/frontend/css/pages.css";
import.meta.glob("../bouquet/{shared,kinds}/*/frontend/pages/*.css", { eager: true });
