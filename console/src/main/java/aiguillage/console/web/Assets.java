package aiguillage.console.web;

import aiguillage.protocol.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Scripts and styles: ours, and those of libraries, from the class path. Each stands under an address with its
/// digest in it, so that browsers keep it for as long as they like. Immutable.
public final class Assets {

    static final String FOLDER = "/assets/";

    private static final String OURS = "/aiguillage/console/assets/";
    private static final String LIBRARIES = "/META-INF/resources/webjars/";
    private static final int TAG_CHARS = 12;

    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, Asset> byAddress = new HashMap<>();

    /// @param type with its charset
    record Asset(String type, byte[] content) {}

    /// @throws IllegalStateException when one is not on the class path
    Assets() {
        add("console.css", "text/css;charset=utf-8", OURS + "console.css");
        add("console.js", "text/javascript;charset=utf-8", OURS + "console.js");
        add("icon.svg", "image/svg+xml", OURS + "icon.svg");
        add("htmx.js", "text/javascript;charset=utf-8", library("htmx.org", "2.0.10", "dist/htmx.min.js"));
        add("sse.js", "text/javascript;charset=utf-8", library("htmx-ext-sse", "2.2.2", "sse.js"));
        add("uplot.js", "text/javascript;charset=utf-8", library("uplot", "1.6.30", "dist/uPlot.iife.min.js"));
        add("uplot.css", "text/css;charset=utf-8", library("uplot", "1.6.30", "dist/uPlot.min.css"));
    }

    private static String library(String name, String version, String file) {
        return LIBRARIES + name + "/" + version + "/" + file;
    }

    private void add(String name, String type, String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + resource + " on the class path");
            }
            byte[] content = in.readAllBytes();
            String tag = java.util.HexFormat.of()
                    .formatHex(Digest.of(content).bytes())
                    .substring(0, TAG_CHARS);
            String address = FOLDER + tag + "/" + name;
            addresses.put(name, address);
            byAddress.put(address, new Asset(type, content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where one is.
    ///
    /// @throws IllegalArgumentException when there is none of this name
    public String of(String name) {
        String address = addresses.get(name);
        if (address == null) {
            throw new IllegalArgumentException("there is no asset " + name);
        }
        return address;
    }

    Optional<Asset> at(String address) {
        return Optional.ofNullable(byAddress.get(address));
    }
}
