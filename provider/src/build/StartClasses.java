// SPDX-License-Identifier: Apache-2.0
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Joins the class files that io.github.niofastopen.linux.OwnClasses defines at once. The build runs it from source. Of each
 * class the length of the name, the name, the length of the class file, and that are written.
 */
final class StartClasses {
    private static final String PACKAGE = "io.github.niofastopen.";

    private StartClasses() {
    }

    /** Arguments: the list of classes, the folder that has their class files, the folder to write to. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        Path target = Files.createDirectories(Path.of(arguments[2]));
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
