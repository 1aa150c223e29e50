package aiguillage.hub.door.call;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// Which part of some bytes a caller wants (RFC 9110, section 14).
public final class Ranges {

    /// At most as many digits as a header line could be read in an instant.
    private static final Pattern ONE_RANGE = Pattern.compile("bytes=([0-9]{0,100})-([0-9]{0,100})");

    private Ranges() {}

    /// @param from counted from 0
    /// @param to behind the last byte
    public record Range(long from, long to) {}

    /// Whether the caller goes on with bytes whose beginning it has: one range from behind the first byte on.
    public static boolean goesOn(Call call) {
        Matcher asked = asked(call);
        return asked != null && !asked.group(1).isEmpty() && number(asked.group(1)) > 0;
    }

    private static @Nullable Matcher asked(Call call) {
        String header = call.header(HttpHeader.RANGE);
        Matcher asked = header == null ? null : ONE_RANGE.matcher(header);
        return asked == null || !asked.matches() || asked.group().equals("bytes=-") ? null : asked;
    }

    /// The one range asked for, or null for the whole; several ranges at once are answered with the whole, as RFC
    /// 9110 allows. `Content-Range` is set with it.
    public static @Nullable Range range(Call call, long size) {
        Matcher asked = asked(call);
        if (asked == null) {
            return null; // RFC 9110, 14.2: an invalid Range is passed over
        }
        String first = asked.group(1);
        String end = asked.group(2);
        long from = first.isEmpty() ? Math.max(0, size - number(end)) : number(first);
        long last = first.isEmpty() || end.isEmpty() ? size - 1 : Math.min(size - 1, number(end));
        if (from > last) {
            call.response().getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes */" + size);
            throw new Refused(Problem.RANGE_NOT_SATISFIABLE, "The payload has " + size + " bytes.");
        }
        call.response().getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes " + from + "-" + last + "/" + size);
        return new Range(from, last + 1);
    }

    /// However many digits: more than any payload has is as good as the most there is.
    private static long number(String digits) {
        return new BigInteger(digits).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    }
}
