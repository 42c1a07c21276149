/** One screen alone, as it will look: type that fills the wall, and the time that would be left. */
import "js/fit.js";
import { tick } from "js/clock.js";

tick();
