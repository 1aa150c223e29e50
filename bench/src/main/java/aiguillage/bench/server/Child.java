package aiguillage.bench.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A Java process of ours, spoken with line by line: it answers on its standard output, says what went wrong on our
/// standard error, and ends when its standard input ends.
public final class Child implements AutoCloseable {

    private static final long END_SECONDS_MAX = 30;

    /// Where the launcher tells the archive of loaded classes.
    private static final String ARCHIVE = "aiguillage.archive";

    /// Marks answers, since the Java machine may write to the standard output too.
    private static final String ANSWER = "> ";

    private final Class<?> main;
    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter orders;

    private Child(Class<?> main, Process process) {
        this.main = main;
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /// Starts `main` with our class path.
    ///
    /// @param options for the Java machine, beside those which the product runs with
    public static Child start(Class<?> main, List<String> options, Object... arguments) throws IOException {
        return start(main, options, System.getProperty("java.class.path"), arguments);
    }

    /// Starts `main` with the peers' libraries beside ours: those in the folder that the system property
    /// `aiguillage.bench-lib` names, or else, under test, those on our own class path.
    public static Child startPeer(Class<?> main, List<String> options, Object... arguments) throws IOException {
        String own = System.getProperty("java.class.path");
        String folder = System.getProperty("aiguillage.bench-lib");
        String all = folder == null ? own : own + File.pathSeparator + Path.of(folder, "*");
        var quiet = new ArrayList<>(options);
        quiet.add("--sun-misc-unsafe-memory-access=allow"); // Kafka and JMH still use it, and Java says so each time
        return start(main, quiet, all, arguments);
    }

    private static Child start(Class<?> main, List<String> options, String classPath, Object... arguments)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseCompactObjectHeaders");
        command.add("--enable-native-access=ALL-UNNAMED");
        String archive = System.getProperty(ARCHIVE);
        if (archive != null) { // the product starts with it
            command.add("-XX:AOTCache=" + archive);
            command.add("-Xlog:aot=off");
            command.add("-Xlog:cds=off");
        }
        command.addAll(options);
        command.add("-cp");
        command.add(classPath);
        command.add(main.getName());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new Child(
                main,
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    public long pid() {
        return process.pid();
    }

    public void order(String line) {
        orders.println(line);
    }

    /// The next line that the process says.
    ///
    /// @throws IOException when it ended instead
    public String answer() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(ANSWER)) {
                return line.substring(ANSWER.length());
            }
        }
        throw new IOException(main.getSimpleName() + " ended before it answered; its reason is above");
    }

    /// Has the process do something, and returns what it answers.
    public String ask(Object... words) throws IOException {
        order(String.join(" ", Arrays.stream(words).map(Object::toString).toList()));
        return answer();
    }

    /// The same for answers that are numbers.
    public double[] numbers(Object... words) throws IOException {
        return Arrays.stream(ask(words).split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /// Answers whoever started this process.
    public static void say(Object line) {
        System.out.println(ANSWER + line);
    }

    /// Answers each line that whoever started this process sends, until there are no more.
    public static void sayForEachOrder(Supplier<?> answer) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (lines.readLine() != null) {
            say(answer.get());
        }
    }

    /// Lets the process come to its end; kills it if it does not.
    @Override
    public void close() {
        orders.close();
        try {
            if (process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
