package aiguillage.simulation.planted;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;

/// Defines every class of the product anew, one of them with a bug.
final class PlantingLoader extends ClassLoader {

    private static final String OURS = "aiguillage.";

    private final ClassLoader from;
    private final Planted bug;
    private final Set<String> missing;

    PlantingLoader(ClassLoader from, Planted bug) {
        super(from);
        this.from = from;
        this.bug = bug;
        this.missing = new TreeSet<>(bug.classNames());
    }

    /// @throws IllegalStateException when a class to be changed was never needed
    void requirePlanted() {
        if (!missing.isEmpty()) {
            throw new IllegalStateException(bug + " was never planted: no run needs " + missing);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known == null ? defined(name) : known;
        }
    }

    private Class<?> defined(String name) throws ClassNotFoundException {
        try (InputStream in = from.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            if (missing.remove(name)) {
                bytes = bug.plantedIn(name, bytes);
            }
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
