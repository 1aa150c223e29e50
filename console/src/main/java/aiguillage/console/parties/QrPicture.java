package aiguillage.console.parties;

import io.nayuki.qrcodegen.QrCode;

/// A text as a QR code (ISO/IEC 18004), drawn as one path of SVG.
///
/// @param size of a side in modules, with the quiet zone of four around it
/// @param path the dark modules, one run of a row after the other
public record QrPicture(int size, String path) {

    private static final int QUIET = 4;

    static QrPicture of(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        var path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                int begun = x;
                while (code.getModule(x, y)) {
                    x++;
                }
                if (x > begun) {
                    path.append('M').append(begun + QUIET).append(' ').append(y + QUIET);
                    path.append('h')
                            .append(x - begun)
                            .append("v1h-")
                            .append(x - begun)
                            .append('z');
                }
            }
        }
        return new QrPicture(code.size + 2 * QUIET, path.toString());
    }

    /// What the picture's `viewBox` is.
    public String box() {
        return "0 0 " + size + " " + size;
    }
}
