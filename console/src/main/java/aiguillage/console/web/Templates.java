package aiguillage.console.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/// Pages from templates, which were compiled with the console: what they show is escaped for where it stands.
/// Safe from any thread.
public final class Templates {

    /// Templates are compiled into this package.
    private static final String PACKAGE = "aiguillage.console.template";

    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Templates.class.getClassLoader(), PACKAGE);

    /// A page's bytes, in UTF-8.
    ///
    /// @param template its path, without the ending
    public byte[] render(String template, Map<String, Object> values, Look look) {
        var all = new HashMap<>(values);
        all.put("look", look);
        var out = new Utf8ByteOutput();
        engine.render(template + ".jte", all, out);
        var bytes = new ByteArrayOutputStream(out.getContentLength());
        try {
            out.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
