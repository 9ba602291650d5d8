// The apps' own styles for every page, fronts among them (frontend/pages.js has the rest). In a module of their own, so that they come after the design system's: the first file that names
// a layer settles the order of all of them.
import.meta.glob("../bouquet/{shared,kinds}/*/frontend/*.css", { eager: true });
