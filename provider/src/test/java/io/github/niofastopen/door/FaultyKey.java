// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

/** An agent's key where the JVM fails at what it is asked for. The program has key shares predicted by it, and prints what comes of it. */
final class FaultyKey extends AgentKey {
    private final Error error;

    private FaultyKey(Error error) {
        this.error = error;
    }

    /** Argument: the class of what the JVM throws. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        AgentKey.leaveIfFirst(new FaultyKey((Error) Class.forName(arguments[0]).getConstructor().newInstance()));
        try {
            new JdkDoor().openKeyShares(null, null);
        } catch (JdkDoor.ClosedException e) {
            System.out.println("closed: " + e.getMessage());
        } catch (Error e) {
            System.out.println("thrown: " + e);
        }
    }

    @Override
    protected byte[][] classFiles(Class<?>[] types) {
        throw error;
    }

    @Override
    protected void redefineClasses(Class<?>[] types, byte[][] classFiles) {
        throw error;
    }

    @Override
    protected boolean keepChanged(Class<?> type, Change change) {
        throw error;
    }

    @Override
    protected boolean loadClass(String name, Change change) {
        throw error;
    }

    @Override
    protected void openPackage(String packageName, Module to) {
        throw error;
    }
}
