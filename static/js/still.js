/** A screen that is only looked at: its type fills its place, as on the wall. */
import "js/fit.js";
