/** Every page of those who run things. */
import "js/sure.js";
import "js/watch.js";
