// SPDX-License-Identifier: Apache-2.0
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Joins the class files that io.github.niofastopen.linux.OwnClasses defines at once. The build runs it from source. Of each
 * class the length of the name, the name, the length of the class file, and that are written. Before that it writes which build it
 * is, into OwnJar's class file and beside the others: a digest of all that there is.
 */
final class StartClasses {
    private static final String PACKAGE = "io.github.niofastopen.";
    private static final String OWN_JAR = "io/github/niofastopen/linux/OwnJar.class";
    private static final String BUILD = "nio-fastopen build ";
    private static final int DIGITS = 32;

    private StartClasses() {
    }

    /** Arguments: the list of classes, the folder that has their class files, the folder to write to. */
    public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
        Path folder = Path.of(arguments[1]);
        Path target = Files.createDirectories(Path.of(arguments[2]));
        writeBuild(folder, target);
        DataOutputStream out = null;
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            if (line.startsWith("[")) {
                close(out);
                out = new DataOutputStream(Files.newOutputStream(target.resolve(line.substring(1, line.length() - 1))));
            } else if (!line.startsWith("#")) {
                write(PACKAGE + line, folder, out);
            }
        }
        close(out);
    }

    private static void writeBuild(Path folder, Path target) throws IOException, NoSuchAlgorithmException {
        Path ownJar = folder.resolve(OWN_JAR);
        String before = Files.readString(ownJar, StandardCharsets.ISO_8859_1);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Path file : filesBut(target, folder)) {
            digest.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
            digest.update(file.equals(ownJar) ? ofBuild("0".repeat(DIGITS), before).getBytes(StandardCharsets.ISO_8859_1) : Files.readAllBytes(file));
        }
        String build = HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        Files.writeString(ownJar, ofBuild(build, before), StandardCharsets.ISO_8859_1);
        Files.writeString(target.resolve("build"), BUILD + build);
    }

    private static List<Path> filesBut(Path target, Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> Files.isRegularFile(file) && !file.startsWith(target)).sorted().toList();
        }
    }

    /** A class file with another build in its constant pool. */
    private static String ofBuild(String build, String classFile) {
        int at = classFile.indexOf(BUILD) + BUILD.length();
        if (at < BUILD.length() || classFile.indexOf(BUILD, at) >= 0) {
            throw new IllegalStateException(OWN_JAR + " has no place for the build, or several");
        }
        return classFile.substring(0, at) + build + classFile.substring(at + DIGITS);
    }

    private static void write(String name, Path folder, DataOutputStream out) throws IOException {
        byte[] classFile = Files.readAllBytes(folder.resolve(name.replace('.', '/') + ".class"));
        out.writeInt(name.length());
        out.writeBytes(name);
        out.writeInt(classFile.length);
        out.write(classFile);
    }

    private static void close(DataOutputStream out) throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
