package aiguillage.config;

/// A place in a file.
///
/// @param file its name, as the operator gave it
/// @param line counted from 1
/// @param column counted from 1
public record Location(String file, int line, int column) {

    /// `hub.yaml:42:9`, which editors and terminals open.
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
