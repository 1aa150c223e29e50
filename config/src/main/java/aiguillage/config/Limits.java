package aiguillage.config;

/// How much a file may ask of the reader.
///
/// @param bytesMax size of the file
/// @param lineCharsMax length of a line: the parser's time grows with its square
/// @param depthMax sections and lists within each other
public record Limits(int bytesMax, int lineCharsMax, int depthMax) {

    public static final Limits DEFAULT = new Limits(1_000_000, 20_000, 16);

    /// These limits, for a file of another size.
    public Limits withBytesMax(int bytes) {
        return new Limits(bytes, lineCharsMax, depthMax);
    }
}
