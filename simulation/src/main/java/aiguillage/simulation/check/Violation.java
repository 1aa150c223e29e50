package aiguillage.simulation.check;

/// Something that must hold did not.
///
/// @param check the invariant, or the name of the check
/// @param what what was found
public record Violation(String check, String what) {

    @Override
    public String toString() {
        return check + ": " + what;
    }
}
