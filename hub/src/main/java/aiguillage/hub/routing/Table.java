package aiguillage.hub.routing;

import aiguillage.config.ConfigReader;
import aiguillage.config.Limits;
import aiguillage.config.Problems;
import aiguillage.config.Quoted;
import aiguillage.config.Read;
import aiguillage.hub.directory.Directory;
import aiguillage.hub.directory.Party;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All parties and flows, proven and compiled. Immutable, pure, safe from any thread.
public final class Table {

    /// Size of the file: room for tens of thousands of parties.
    public static final int BYTES_MAX = 8_000_000;

    private final String text;
    private final Digest digest;
    private final Set<Brand> brands;
    private final Directory directory;
    private final SortedMap<FlowName, Flow> flows;
    private final Map<FlowName, CompiledFlow> compiled = new HashMap<>();
    private final SortedMap<DatasetName, Dataset> datasets;

    private Table(
            String text,
            Set<Brand> brands,
            Directory directory,
            SortedMap<FlowName, Flow> flows,
            SortedMap<DatasetName, Dataset> datasets) {
        this.text = text;
        this.digest = Digest.of(text.getBytes(StandardCharsets.UTF_8));
        this.brands = Set.copyOf(brands);
        this.directory = directory;
        this.flows = Collections.unmodifiableSortedMap(flows);
        this.datasets = Collections.unmodifiableSortedMap(datasets);
        flows.forEach((name, flow) -> compiled.put(name, new CompiledFlow(flow, directory)));
    }

    /// Reads a flows file ([TableFile] is its shape) and proves it.
    ///
    /// @param name what problems call the file
    /// @throws aiguillage.config.ConfigException with everything that is wrong with it, in the order of the file
    public static Table read(String name, String text) {
        return read(name, text, null);
    }

    /// Reads a flows file that is to come into force: what its parties are known by must be of use today. One in
    /// the journal may have outlived it.
    ///
    /// @throws aiguillage.config.ConfigException with everything that is wrong with it, in the order of the file
    public static Table readNew(String name, String text, Instant now) {
        return read(name, text, now);
    }

    private static Table read(String name, String text, @Nullable Instant now) {
        Read<TableFile> read =
                new ConfigReader(Limits.DEFAULT.withBytesMax(BYTES_MAX)).text(name, text, TableFile.class);
        TableFile file = read.value();
        Directory directory = Sections.directory(file);
        var problems = new Problems();
        SortedMap<DatasetName, Dataset> datasets = new TableChecks(file, directory, read.where(), problems).check(now);
        problems.throwIfAny();
        var flows = new TreeMap<FlowName, Flow>();
        file.flows().forEach((flow, section) -> flows.put(flow, Sections.flow(flow, section)));
        return new Table(text, file.brands().keySet(), directory, flows, datasets);
    }

    /// All brands there are.
    public Set<Brand> brands() {
        return brands;
    }

    /// Who reads this document, or why nobody does. A few look-ups; makes little garbage.
    public Routing route(Envelope envelope) {
        Party sender = directory.find(envelope.sender());
        if (sender == null) {
            return new Refusal(
                    Refusal.Kind.SENDER_UNKNOWN, Quoted.of(envelope.sender().value()) + " is no party of this hub.");
        }
        CompiledFlow flow = compiled.get(envelope.flow());
        if (flow == null || !flow.flow().isOpenTo(sender)) {
            return new Refusal( // I4: the same words, whether the flow exists or not
                    Refusal.Kind.FLOW_UNKNOWN,
                    "There is no flow " + envelope.flow() + " on which " + sender.id() + " may send.");
        }
        return flow.route(envelope, sender);
    }

    public Optional<Party> party(PartyId id) {
        return directory.party(id);
    }

    /// In order of their names.
    public List<Party> parties() {
        return directory.parties();
    }

    public Directory directory() {
        return directory;
    }

    public Optional<Flow> flow(FlowName name) {
        return Optional.ofNullable(flows.get(name));
    }

    /// In order of their names.
    public Collection<Flow> flows() {
        return flows.values();
    }

    public Optional<Dataset> dataset(DatasetName name) {
        return Optional.ofNullable(datasets.get(name));
    }

    /// In order of their names.
    public Collection<Dataset> datasets() {
        return datasets.values();
    }

    /// The file's text, from which [#read] makes an equal table.
    public String text() {
        return text;
    }

    /// Of the text, in UTF-8.
    public Digest digest() {
        return digest;
    }
}
