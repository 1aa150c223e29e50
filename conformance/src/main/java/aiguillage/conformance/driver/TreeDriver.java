package aiguillage.conformance.driver;

import aiguillage.protocol.FlowName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A session with a party's tree of files: documents are put into `/in`, and fetched from `/out`.
final class TreeDriver implements DealerDriver {

    private static final Words NAMED_BY_CONTENT = new Words(
            "Un fichier est nommé par son nom et son contenu : un autre contenu est un autre document.",
            "A document is named by the file's name and content: other content is another document.");
    private static final Words NAMES_ARE_FREE = new Words(
            "Le nom d'un fichier est libre : le hub en fait un identifiant permis.",
            "A file's name is free: the hub makes an id of it that is allowed.");
    private static final Words WITH_ITS_FLOW = new Words(
            "Le dossier disparaît avec son flux ; le reçu est lu avant, ou par REST.",
            "The folder goes with its flow; the receipt is fetched before, or by REST.");

    /// What a tree has no way to express, by whatever protocol.
    static final Map<String, Words> INEXPRESSIBLE = Map.of(
            "conflict", NAMED_BY_CONTENT,
            "conflict-at-once", NAMED_BY_CONTENT,
            "mended-under-the-same-id", NAMED_BY_CONTENT,
            "id-malformed", NAMES_ARE_FREE);

    /// What every tree demands otherwise.
    ///
    /// @param theUserName why nobody sends as somebody else
    static Map<String, Door.Otherwise> otherwise(Words theUserName) {
        return Map.of(
                "another-sender", new Door.Otherwise("shut out · journal: nothing", theUserName),
                "retry-after-the-flow-closed",
                        new Door.Otherwise(
                                "accepted, refused not-authorised, another receipt · journal: 1 accepted",
                                WITH_ITS_FLOW));
    }

    private static final Pattern DELIVERY = Pattern.compile("[0-9]{1,18}-[^/]*", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("efused \\(([a-z-]+)\\)");

    private final Identity identity;
    private final Place place;
    private final TreeLine.Opening opening;
    private final FileForm form;
    private @Nullable TreeLine open;

    TreeDriver(Identity identity, Place place, TreeLine.Opening opening, FileForm form) {
        this.identity = identity;
        this.place = place;
        this.opening = opening;
        this.form = form;
    }

    private TreeLine line() throws IOException {
        TreeLine before = open;
        if (before != null && before.isOpen()) {
            return before;
        }
        close();
        TreeLine begun = opening.open(identity, place);
        open = begun;
        return begun;
    }

    private static String folder(String branch, FlowName flow) {
        return "/" + branch + "/" + flow.brand() + "/" + flow.kind() + "/";
    }

    private String fileName(Offer offer) {
        return (offer.recipient() == null ? "" : offer.recipient() + "@") + offer.id() + form.extension();
    }

    @Override
    public Said submit(Offer offer, Manner manner) {
        if (offer.sender() != null) { // the user name is who it says it is from
            var other = new Identity(offer.sender(), identity.credential(), identity.sshKey());
            try (var session = new TreeDriver(other, place, opening, form)) {
                return session.submit(offer.saidToBeFrom(null), manner);
            }
        }
        String name = fileName(offer);
        try {
            TreeLine line = line();
            line.put(folder("in", offer.flow()) + name, form.written().apply(offer.content()), manner);
            return new Said.Accepted(line.read(folder("done", offer.flow()) + name + ".receipt"));
        } catch (TreeLine.Refused e) {
            return refused(offer.flow(), name, e);
        } catch (TreeLine.NoLogin e) {
            return new Said.ShutOut(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            close();
            return new Said.NoAnswer(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    /// Where there is no folder of a flow, the flow is not open to this party: it is not there for it.
    private Said refused(FlowName flow, String name, TreeLine.Refused e) {
        Matcher code = CODE.matcher(e.sentence());
        if (code.find()) {
            return Problems.said(code.group(1), e.sentence() + reason(flow, name));
        }
        return switch (e.kind()) {
            case NOT_THERE, NOT_ALLOWED -> new Said.Refused("not-authorised", e.sentence());
            case FAILED -> new Said.Refused("bad-envelope", e.sentence());
        };
    }

    private String reason(FlowName flow, String name) {
        try {
            byte[] text = line().read(folder("refused", flow) + name + ".refused");
            return " " + new String(text, StandardCharsets.UTF_8);
        } catch (IOException noneWritten) {
            return " (no file in /refused: " + noneWritten.getMessage() + ")";
        }
    }

    @Override
    public List<Waiting> pull(FlowName flow) {
        try {
            TreeLine line = line();
            String folder = folder("out", flow);
            List<Waiting> found = new ArrayList<>();
            for (String name : names(line, folder)) {
                found.add(new Waiting(flow, folder + name, form.read().apply(line.read(folder + name))));
            }
            return found;
        } catch (TreeLine.NoLogin e) {
            throw new NotLetIn(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            close();
            throw new Unintelligible("the line broke while " + flow + " was read", e);
        }
    }

    private static List<String> names(TreeLine line, String folder) throws IOException {
        List<String> names;
        try {
            names = new ArrayList<>(line.names(folder));
        } catch (TreeLine.Refused e) {
            if (e.kind() != TreeLine.Refused.Kind.NOT_THERE) {
                throw e;
            }
            return List.of();
        }
        names.removeIf(name -> name.startsWith("."));
        for (String name : names) {
            if (!DELIVERY.matcher(name).matches()) {
                throw new Unintelligible("a name in " + folder + " that begins with no position");
            }
        }
        names.sort(Comparator.comparingLong(name -> Long.parseLong(name.substring(0, name.indexOf('-')))));
        return names;
    }

    @Override
    public Said acknowledge(Waiting waiting) {
        return step(line -> line.remove(waiting.handle()));
    }

    @Override
    public Said reject(Waiting waiting, String reason) {
        return step(line -> line.rename(waiting.handle(), "/refused/" + reason));
    }

    private interface Step {
        void run(TreeLine line) throws IOException;
    }

    /// What has ended is not there any more, and no harm is done.
    private Said step(Step step) {
        try {
            step.run(line());
            return new Said.Done();
        } catch (TreeLine.Refused e) {
            return e.kind() == TreeLine.Refused.Kind.NOT_THERE
                    ? new Said.Done()
                    : new Said.Refused("bad-request", e.sentence());
        } catch (TreeLine.NoLogin e) {
            return new Said.ShutOut(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            close();
            return new Said.NoAnswer(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<String> notices(FlowName flow) {
        return pull(FlowName.of(flow + ".notice")).stream()
                .map(notice -> new String(notice.content(), StandardCharsets.UTF_8))
                .toList();
    }

    /// Ends the connection, whatever is on its way.
    @Override
    public void close() {
        TreeLine line = open;
        open = null;
        if (line != null) {
            line.close();
        }
    }
}
