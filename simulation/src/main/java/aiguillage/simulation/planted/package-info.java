/// Bugs put into production classes while they are loaded, one at a time, to prove that the simulation would find
/// them. The sources stay clean: a class loader of its own defines every class of the product anew, one of them with
/// a small change to its byte code. A change that does not find its place fails the run, so that no refactoring
/// disarms it in silence.
///
/// **Start at** [Planted], the list. **Knows:** `world`, `gateway`, `hub`, `protocol`, `check`. **Tests:**
/// `PlantedTest`.
@NullMarked
package aiguillage.simulation.planted;

import org.jspecify.annotations.NullMarked;
