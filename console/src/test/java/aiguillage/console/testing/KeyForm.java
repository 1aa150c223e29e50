package aiguillage.console.testing;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A form of a page that asks for a security key, as `console.js` reads it.
///
/// @param action where it goes
/// @param asked its `data-` attributes
/// @param fields that it has already
public record KeyForm(String action, Map<String, String> asked, Map<String, String> fields) {

    private static final Pattern FORM = Pattern.compile("<form([^>]*data-key=[^>]*)>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z-]+)=\"([^\"]*)\"");

    /// The one in this page.
    public static KeyForm of(String page) {
        Matcher form = FORM.matcher(page);
        if (!form.find()) {
            throw new AssertionError("no form of the page asks for a key:\n" + page);
        }
        var asked = new HashMap<String, String>();
        String action = "";
        for (Matcher one = ATTRIBUTE.matcher(form.group(1)); one.find(); ) {
            if (one.group(1).startsWith("data-")) {
                asked.put(one.group(1).substring(5), text(one.group(2)));
            } else if (one.group(1).equals("action")) {
                action = text(one.group(2));
            }
        }
        var fields = new LinkedHashMap<String, String>();
        for (Matcher one = HIDDEN.matcher(form.group(2)); one.find(); ) {
            fields.put(text(one.group(1)), text(one.group(2)));
        }
        return new KeyForm(action, asked, fields);
    }

    /// Its fields, with what a key answered and whatever else is filled in.
    public Map<String, String> filled(SoftKey key, String console, Map<String, String> further) {
        var all = new LinkedHashMap<>(fields);
        all.putAll(further);
        all.put(asked.getOrDefault("field", ""), key.answer(asked, console));
        return all;
    }

    private static String text(String html) {
        return html.replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
