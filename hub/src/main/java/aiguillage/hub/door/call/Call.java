package aiguillage.hub.door.call;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One request and its one answer. Safe from any thread; the first answer counts, later ones are dropped.
public final class Call {

    /// Digits of other scripts, which Java reads too, and signs are no numbers here.
    private static final Pattern ASCII_NUMBER = Pattern.compile("-?[0-9]{1,19}");

    public static final JsonMapper JSON = new JsonMapper();

    /// For what is read from a file on its way to the caller.
    public static final ByteBufferPool.Sized BUFFERS = new ByteBufferPool.Sized(null, false, 64 << 10);

    /// Of a refused body so much is read and dropped, where the protocol wants that.
    private static final long DROPPED_BYTES_MAX = 1 << 20;

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final List<String> variables;
    private final Pace pace;
    private final Consumer<Problem> refusals;
    private final @Nullable Visitor visitor;
    private final AtomicBoolean answered;

    /// @param variables the parts of the path that the endpoint's pattern leaves open, in order
    /// @param pace says to a refused caller when to come back
    /// @param refusals told of the problem when the call is refused
    /// @param visitor the party that makes it, or null where callers are no parties
    public Call(
            Request request,
            Response response,
            Callback callback,
            List<String> variables,
            Pace pace,
            Consumer<Problem> refusals,
            @Nullable Visitor visitor) {
        this(request, response, callback, variables, pace, refusals, visitor, new AtomicBoolean());
    }

    private Call(
            Request request,
            Response response,
            Callback callback,
            List<String> variables,
            Pace pace,
            Consumer<Problem> refusals,
            @Nullable Visitor visitor,
            AtomicBoolean answered) {
        this.answered = answered;
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.variables = variables;
        this.pace = pace;
        this.refusals = refusals;
        this.visitor = visitor;
    }

    /// The same call, once it is known whose it is. This one is not to be answered any more.
    ///
    /// @throws Refused when that party has too many
    public Call of(Visitor known) {
        Callback counted = PartyGate.counted(known, callback);
        return new Call(request, response, counted, variables, pace, refusals, known, answered);
    }

    public Request request() {
        return request;
    }

    public Response response() {
        return response;
    }

    public Callback callback() {
        return callback;
    }

    /// The party that makes the call, or null where callers are no parties.
    @Nullable
    Visitor visitor() {
        return visitor;
    }

    /// The party that makes the call. Only on the main listener, which lets nobody else in ([PartyGate]).
    public Visitor requireVisitor() {
        return Objects.requireNonNull(visitor, "a call of no party");
    }

    /// Whose call it is. Only on the main listener.
    public PartyId party() {
        return requireVisitor().caller().party();
    }

    /// The first part of the path that the pattern leaves open.
    public String variable() {
        return variables.getFirst();
    }

    /// The part of the path that the pattern leaves open, counted from 0.
    public String variable(int index) {
        return variables.get(index);
    }

    /// The value of a query parameter, or null.
    ///
    /// @throws Refused when the query cannot be read
    @Nullable
    public String query(Query query) {
        return queries().getValue(query.name());
    }

    private Fields queries() {
        try {
            return Request.extractQueryParameters(request, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException | IllegalStateException | HttpException.RuntimeException e) {
            throw new Refused(Problem.BAD_REQUEST, "The query is not percent-encoded UTF-8.");
        }
    }

    /// Requires that every query parameter is one that the address takes: a misspelt one would silently count
    /// for nothing.
    ///
    /// @throws Refused otherwise
    void requireOnly(List<Query> known) {
        if (request.getHttpURI().getQuery() == null) {
            return;
        }
        for (String name : queries().getNames()) {
            if (known.stream().noneMatch(query -> query.name().equals(name))) {
                String taken = known.stream().map(Query::name).collect(Collectors.joining(", "));
                throw new Refused(
                        Problem.BAD_REQUEST,
                        "The query names an unknown parameter; this address takes " + (taken.isEmpty() ? "none" : taken)
                                + ".");
            }
        }
    }

    /// A whole number among the query parameters, or its fallback.
    ///
    /// @throws Refused when it is there and out of its bounds, or when it is missing and has no fallback
    public long number(Query query) {
        Query.Bounds bounds = query.bounds();
        Long fallback = bounds == null ? null : bounds.fallback();
        if (fallback == null && query(query) == null) {
            throw new Refused(Problem.BAD_REQUEST, "Parameter " + query.name() + " is missing.");
        }
        return number(query, fallback == null ? 0 : fallback);
    }

    /// A whole number among the query parameters.
    ///
    /// @throws Refused when it is there and out of its bounds
    public long number(Query query, long fallback) {
        String value = query(query);
        Query.Bounds bounds = query.bounds();
        if (value == null || bounds == null) {
            return fallback;
        }
        try {
            if (!ASCII_NUMBER.matcher(value).matches()) {
                throw new NumberFormatException(value);
            }
            long number = Long.parseLong(value);
            if (number >= bounds.min() && number <= bounds.max()) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new Refused(Problem.BAD_REQUEST, "Parameter " + query.name() + " is not a whole number.");
        }
        throw new Refused(
                Problem.BAD_REQUEST,
                "Parameter " + query.name() + " must be from " + bounds.min() + " to " + bounds.max() + ".");
    }

    /// A position in the path.
    public Position position() {
        return position(0);
    }

    /// A position in the path, the open parts counted from 0.
    public Position position(int index) {
        try {
            return Position.of(variable(index));
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.NOT_FOUND, "There is no such position.");
        }
    }

    @Nullable
    public String header(HttpHeader name) {
        return request.getHeaders().get(name);
    }

    /// The request's headers, names in lower case; several lines of one name are joined by `, ` (RFC 9110,
    /// 5.3).
    public Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            String value = field.getValue();
            headers.merge(field.getLowerCaseName(), value == null ? "" : value, (a, b) -> a + ", " + b);
        }
        return headers;
    }

    /// Takes the right to answer; false when somebody has it already.
    public boolean claim() {
        return answered.compareAndSet(false, true);
    }

    /// Whether somebody has answered, or is about to.
    public boolean isClaimed() {
        return answered.get();
    }

    public void json(int status, JsonNode json) {
        answer(status, "application/json", JSON.writeValueAsBytes(json));
    }

    public void text(int status, String text) {
        answer(status, "text/plain;charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    public void answer(int status, String contentType, byte[] body) {
        if (claim()) {
            write(status, contentType, body, callback);
        }
    }

    /// Answers with a part of a file as it lies, in constant memory.
    public void answer(int status, String contentType, Path file, long from, long bytes) {
        if (claim()) {
            send(status, contentType, bytes, Content.Source.from(BUFFERS, file, from, bytes), callback);
        }
    }

    /// Sends bytes as they are read. Only for who has claimed the call.
    ///
    /// @param sent told of the end, well or not
    public void send(int status, String contentType, long bytes, Content.Source source, Callback sent) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes);
        Content.copy(source, response, sent);
    }

    private void write(int status, String contentType, byte[] body, Callback written) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), written);
    }

    /// Answers with a problem (RFC 9457).
    public void refuse(Refused refused) {
        refuse(
                refused,
                refused.problem().status(),
                "application/problem+json",
                () -> JSON.writeValueAsBytes(page(refused)));
    }

    /// Refuses in the words of another protocol, with its own status.
    ///
    /// @param page made when it is told
    public void refuse(Refused refused, int status, String contentType, Supplier<byte[]> page) {
        if (!claim()) {
            return;
        }
        refusals.accept(refused.problem());
        if (visitor != null && refused.problem() == Problem.TOO_MANY_REQUESTS) {
            visitor.refuse(() -> tell(refused, status, contentType, page), this::hangUp);
        } else {
            tell(refused, status, contentType, page);
        }
    }

    private void tell(Refused refused, int status, String contentType, Supplier<byte[]> page) {
        Problem problem = refused.problem();
        if (problem.status() == 429 || problem.status() == 503 || problem.status() == 507) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, retryAfter(refused));
        }
        if (problem.status() == 408) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        boolean drops = problem != Problem.TOO_MANY_REQUESTS; // who asks too often is not listened to any longer
        write(status, contentType, page.get(), Callback.from(() -> leaveTheRest(drops), callback::failed));
    }

    /// Closes the connection without an answer.
    private void hangUp() {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
        callback.failed(new EofException("closed: the party asked too often")); // one that is not worth a log line
    }

    /// Each caller at another time, unless the refusal says when.
    private long retryAfter(Refused refused) {
        if (refused.particulars().get("retryAfter") instanceof Number seconds) {
            return seconds.longValue();
        }
        return refused.problem() == Problem.JOURNAL_BUSY ? pace.busySeconds() : pace.refusedSeconds();
    }

    /// Ends the call without the rest of its body. Over HTTP/2 a small rest is read and dropped; a larger one
    /// is ended with the word that there was no error (RFC 9113, section 8.1): told that its stream was
    /// cancelled, the caller would drop the answer and send the same again and again.
    ///
    /// @param drops whether a small rest may be waited for
    private void leaveTheRest(boolean drops) {
        if (!(request.getConnectionMetaData().getConnection() instanceof HTTP2Connection http2)) {
            callback.succeeded();
            return;
        }
        if (drops && request.getLength() >= 0 && request.getLength() <= DROPPED_BYTES_MAX) {
            Content.Source.consumeAll(request, Callback.from(callback::succeeded, callback::failed));
            return;
        }
        Stream stream = http2.getSession().getStream(Integer.parseInt(request.getId()));
        if (stream != null && !stream.isClosed()) {
            stream.reset(new ResetFrame(stream.getId(), ErrorCode.NO_ERROR.code), Callback.NOOP);
        }
        callback.succeeded();
    }

    static ObjectNode page(Refused refused) {
        Problem problem = refused.problem();
        ObjectNode page = JSON.createObjectNode()
                .put("type", problem.type())
                .put("title", problem.what())
                .put("status", problem.status())
                .put("detail", refused.detail())
                .put("code", problem.code())
                .put("why", problem.why())
                .put("remedy", problem.remedy());
        refused.particulars().forEach((name, value) -> page.set(name, JSON.valueToTree(value)));
        return page;
    }
}
