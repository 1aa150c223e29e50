package aiguillage.gateway.identity;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// What a hub that refuses says, for people.
final class Said {

    private static final int TEXT_CHARS_MAX = 200;

    private Said() {}

    /// The `detail` of a problem in JSON, also of one that was cut off behind it; of anything else its beginning.
    /// Without the full stop, so that a sentence can go on.
    static String by(String answer) {
        String text = detail(answer).replaceAll("\\p{Cntrl}+", " ").strip();
        if (text.isEmpty()) {
            return "it gave no reason";
        }
        if (text.length() > TEXT_CHARS_MAX) {
            return text.substring(0, TEXT_CHARS_MAX) + "…";
        }
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static String detail(String answer) {
        try (JsonParser parser = JsonMapper.shared().createParser(answer)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME
                        && "detail".equals(parser.currentName())
                        && parser.nextToken() == JsonToken.VALUE_STRING) {
                    return parser.getString();
                }
            }
            return answer;
        } catch (JacksonException notAProblem) {
            return answer;
        }
    }
}
