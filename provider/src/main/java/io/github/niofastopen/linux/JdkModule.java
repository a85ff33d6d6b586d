package io.github.niofastopen.linux;

/** The native steps that open {@code java.base} to this provider; {@code door} decides what for. */
public final class JdkModule {

    private JdkModule() {
    }

    /**
     * Exports a package of {@code from} to {@code to}, as {@code --add-exports} would.
     *
     * @throws NoSuchMethodError if this JDK's {@link Module} lacks the method that does it
     */
    public static native void addExports(Module from, String packageName, Module to);

    /**
     * Defines a class in the boot loader, in the module that has its package.
     *
     * @param binaryName with slashes, as in a class file
     * @throws LinkageError if the class can't be linked on this JDK, or is there already
     */
    public static native Class<?> defineInBootLoader(String binaryName, byte[] classFile);
}
