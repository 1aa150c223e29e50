package aiguillage.conformance.driver;

import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The REST API: CloudEvents 1.0 in the HTTP binding's binary mode, and mailboxes in JSON.
public final class RestDoor implements Door {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    @Override
    public String name() {
        return "rest";
    }

    @Override
    public DealerDriver open(Identity identity, Place place) {
        return new Driver(identity, place);
    }

    /// What stands in a header's value: everything but printable ASCII, and space, `"` and `%`, as
    /// percent-encoded UTF-8 (CloudEvents HTTP binding, 3.1.3.2).
    private static String headerValue(String text) {
        var value = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = b > ' ' && b < 0x7f && b != '"' && b != '%';
            value.append(isPlain ? String.valueOf((char) b) : "%%%02X".formatted(b & 0xff));
        }
        return value.toString();
    }

    /// One session.
    static final class Driver implements DealerDriver {

        private static final int LIMIT = 100;

        private final Identity identity;
        private final HttpLine line;

        Driver(Identity identity, Place place) {
            this.identity = identity;
            this.line = new HttpLine(identity, place);
        }

        /// For others that speak over the same connection.
        HttpLine line() {
            return line;
        }

        @Override
        public Said submit(Offer offer, Manner manner) {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("ce-specversion", "1.0");
            headers.put("ce-id", headerValue(offer.id()));
            headers.put("ce-source", PartyId.URN_PREFIX + (offer.sender() == null ? identity.party() : offer.sender()));
            headers.put("ce-type", offer.flow().toString());
            if (offer.recipient() != null) {
                headers.put("ce-recipient", headerValue(offer.recipient()));
            }
            headers.put("Content-Type", "application/xml");
            headers.put("Content-Digest", offer.digest().toString());
            try {
                HttpLine.Answer answer = line.post("/v1/documents", headers, List.of(offer.content()), manner);
                boolean isAccepted = answer.status() == 200 || answer.status() == 201;
                return isAccepted ? new Said.Accepted(answer.body()) : Problems.said(answer);
            } catch (IOException e) {
                return Problems.broken(e);
            }
        }

        @Override
        public List<Waiting> pull(FlowName flow) {
            List<Waiting> found = new ArrayList<>();
            for (JsonNode event : events(flow)) {
                found.add(new Waiting(flow, event.path("position").asString(), content(event)));
            }
            return found;
        }

        private List<JsonNode> events(FlowName flow) {
            List<JsonNode> events = new ArrayList<>();
            String after = "0";
            while (true) {
                HttpLine.Answer answer =
                        get("/v1/inbox?after=" + after + "&limit=" + LIMIT + "&flow=" + flow.toString());
                JsonNode batch = batch(answer);
                if (batch.isEmpty()) {
                    return events;
                }
                batch.forEach(events::add);
                String last = batch.get(batch.size() - 1).path("position").asString("");
                if (!POSITION.matcher(last).matches() || Long.parseLong(last) <= Long.parseLong(after)) {
                    throw new Unintelligible("what waits does not go on behind position " + after);
                }
                if (events.size() > TreeLine.LISTED_MAX) {
                    throw new Unintelligible("more than " + TreeLine.LISTED_MAX + " deliveries wait");
                }
                after = last;
            }
        }

        private static JsonNode batch(HttpLine.Answer answer) {
            try {
                JsonNode batch = JSON.readTree(answer.body());
                if (batch.isArray()) {
                    return batch;
                }
            } catch (JacksonException e) {
                throw new Unintelligible("the mailbox is no JSON", e);
            }
            throw new Unintelligible("the mailbox is no list");
        }

        private byte[] content(JsonNode event) {
            String inline = event.path("data_base64").asString(null);
            return inline == null
                    ? get(event.path("dataref").asString("/")).body()
                    : Base64.getDecoder().decode(inline);
        }

        private HttpLine.Answer get(String path) {
            try {
                HttpLine.Answer answer = line.get(path);
                if (answer.status() == 200) {
                    return answer;
                }
                throw Problems.said(answer) instanceof Said.ShutOut out
                        ? new NotLetIn(out.how())
                        : new Unintelligible(path + " was answered " + answer.status() + ": " + answer.text());
            } catch (HttpLine.Closed e) {
                throw new NotLetIn(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw new Unintelligible("the line broke while " + path + " was asked for", e);
            }
        }

        @Override
        public Said acknowledge(Waiting waiting) {
            return end("{\"acknowledge\":[" + waiting.handle() + "]}");
        }

        @Override
        public Said reject(Waiting waiting, String reason) {
            return end(JSON.writeValueAsString(
                    Map.of("reject", List.of(Map.of("position", Long.parseLong(waiting.handle()), "reason", reason)))));
        }

        private Said end(String json) {
            try {
                HttpLine.Answer answer = line.post(
                        "/v1/inbox/acknowledgements",
                        Map.of("Content-Type", "application/json"),
                        List.of(json.getBytes(StandardCharsets.UTF_8)),
                        Manner.AT_ONCE);
                return answer.status() == 200 ? new Said.Done() : Problems.said(answer);
            } catch (IOException e) {
                return Problems.broken(e);
            }
        }

        @Override
        public List<String> notices(FlowName flow) {
            return events(FlowName.of(flow + ".notice")).stream()
                    .map(event -> new String(content(event), StandardCharsets.UTF_8))
                    .toList();
        }

        @Override
        public void close() {
            line.close();
        }
    }
}
