package aiguillage.console.testing;

import aiguillage.console.Console;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A browser without scripts: asks for pages and sends forms, as text.
public final class PlainBrowser implements AutoCloseable {

    private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]*)\"");

    private static final String SESSION = "__Host-session=";

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI console;
    private final String language;
    private @Nullable String session;

    PlainBrowser(URI console, @Nullable String session) {
        this(console, session, "en");
    }

    private PlainBrowser(URI console, @Nullable String session, String language) {
        this.console = console;
        this.session = session;
        this.language = language;
    }

    /// A browser of the same person that asks for pages in another language.
    public PlainBrowser in(String wanted) {
        return new PlainBrowser(console, session, wanted);
    }

    /// In which nobody is signed in.
    public static PlainBrowser at(Console console) {
        return new PlainBrowser(URI.create(console.origin() + "/"), null);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(console.resolve(path)).header("Accept-Language", language);
        if (session != null) {
            request.header("Cookie", SESSION + session);
        }
        return request;
    }

    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return kept(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    /// A file's bytes.
    public HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /// Sends a form as one of our pages does: from our origin, with its session's word.
    public HttpResponse<String> post(String path, Map<String, String> fields) throws IOException, InterruptedException {
        var all = new java.util.HashMap<>(fields);
        if (session != null) {
            all.putIfAbsent("form", formWord());
        }
        return kept(client.send(
                request(path)
                        .header("Origin", origin())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(encoded(all)))
                        .build(),
                HttpResponse.BodyHandlers.ofString()));
    }

    /// Sends a form with a file, as one of our pages does (RFC 7578).
    ///
    /// @param file its bytes, under the field `file`; null: none is chosen
    public HttpResponse<String> upload(String path, Map<String, String> fields, String name, byte @Nullable [] file)
            throws IOException, InterruptedException {
        var all = new java.util.TreeMap<>(fields);
        all.putIfAbsent("form", formWord());
        String boundary = "-----of-the-test";
        var body = new java.io.ByteArrayOutputStream();
        all.forEach((field, value) -> body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\""
                        + field + "\"\r\n\r\n" + value + "\r\n")
                .getBytes(StandardCharsets.UTF_8)));
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                        + (file == null ? "" : name) + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file == null ? new byte[0] : file);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return client.send(
                request(path)
                        .header("Origin", origin())
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /// Sends a form with these headers and these fields alone.
    public HttpResponse<String> postRaw(String path, Map<String, String> fields, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/x-www-form-urlencoded");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return kept(client.send(
                request.POST(HttpRequest.BodyPublishers.ofString(encoded(fields)))
                        .build(),
                HttpResponse.BodyHandlers.ofString()));
    }

    /// Keeps the session's cookie as browsers do.
    private HttpResponse<String> kept(HttpResponse<String> answer) {
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            if (cookie.startsWith(SESSION)) {
                String value = cookie.substring(SESSION.length(), cookie.indexOf(';'));
                session = value.isEmpty() ? null : value;
            }
        }
        return answer;
    }

    /// What the session is proven with; null: nobody is signed in.
    public @Nullable String session() {
        return session;
    }

    /// Opens a page with a form that asks for a key, and sends it with the key's answer.
    ///
    /// @param further fields that are filled in
    public HttpResponse<String> answerAt(String path, SoftKey key, Map<String, String> further)
            throws IOException, InterruptedException {
        return answer(get(path).body(), key, further);
    }

    /// Sends the form of a page that asks for a key, with the key's answer.
    public HttpResponse<String> answer(String page, SoftKey key, Map<String, String> further)
            throws IOException, InterruptedException {
        KeyForm form = KeyForm.of(page);
        return post(form.action(), form.filled(key, origin(), further));
    }

    public HttpResponse<String> signIn(SoftKey key) throws IOException, InterruptedException {
        return answerAt("/sign-in", key, Map.of());
    }

    /// Sends a form, and confirms it on the page that asks for the key again.
    public HttpResponse<String> confirmed(String path, Map<String, String> fields, SoftKey key)
            throws IOException, InterruptedException {
        return answer(post(path, fields).body(), key, Map.of());
    }

    public String origin() {
        return "http://" + console.getAuthority();
    }

    /// What each form of this session repeats.
    public String formWord() throws IOException, InterruptedException {
        Matcher word = FORM.matcher(get("/").body());
        if (!word.find()) {
            throw new AssertionError("the page has no form");
        }
        return word.group(1);
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        client.close();
    }
}
