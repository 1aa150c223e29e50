package aiguillage.format.lint;

/// Something about a description that its author should know.
///
/// @param code stable, for programs
/// @param where a field, a record, or a file and line
/// @param sentence what it is, and what to do
public record Finding(String code, String where, String sentence) {

    @Override
    public String toString() {
        return where + ": " + sentence + " [" + code + "]";
    }
}
