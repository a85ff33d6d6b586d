// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {
    private static final String ROOT = FastOpenSelectorProvider.class.getPackageName();
    private static final JavaClasses CLASSES = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages(ROOT);

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
        tool         > tool.doctor tool.probe tool.json attempt door outcome linux tls
        tool.doctor  > attempt door outcome config linux tls
        tool.probe   > attempt door destinations outcome config linux tls
        tool.json    > ''
        ''           > monitor door attempt config linux
        monitor      > attempt destinations outcome config time linux
        door         > attempt destinations config linux
        keyshare     > destinations tls
        channel      > attempt destinations outcome door linux
        socket       > attempt destinations linux
        attempt      > destinations outcome config linux tls time
        destinations > outcome config linux
        outcome      > ''
        config       > ''
        linux        > ''
        tls          > ''
        time         > ''
        """)
    void importsRunOneWay(String from, String to) {
        List<String> allowed = new ArrayList<>(List.of(named(from)));
        Stream.of(to.split(" ")).filter(name -> !name.isEmpty()).map(ArchitectureTest::named).forEach(allowed::add);

        classes().that().resideInAPackage(named(from))
            .should().onlyDependOnClassesThat(isOutsideOrIn(allowed))
            .check(CLASSES);
    }

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        classes().should().resideInAnyPackage(ROOT, ROOT + ".door", ROOT + ".channel", ROOT + ".keyshare", ROOT + ".socket", ROOT + ".attempt",
            ROOT + ".tls", ROOT + ".time",
            ROOT + ".destinations", ROOT + ".outcome", ROOT + ".config", ROOT + ".linux", ROOT + ".monitor",
            ROOT + ".tool", ROOT + ".tool.doctor", ROOT + ".tool.probe", ROOT + ".tool.json").check(CLASSES);
    }

    @Test
    void nobodyImportsWhatLiesBehindTheDoor() {
        for (String behind : List.of("channel", "keyshare", "socket")) {
            noClasses().that().resideOutsideOfPackage(named(behind))
                .should().dependOnClassesThat().resideInAPackage(named(behind))
                .check(CLASSES);
        }
    }

    @Test
    void nobodyImportsTheCommands() {
        noClasses().that().resideOutsideOfPackage(named("tool") + "..")
            .should().dependOnClassesThat().resideInAPackage(named("tool") + "..")
            .check(CLASSES);
    }

    @Test
    void thereAreNoCyclesBetweenPackages() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyWhatLiesBehindTheDoorNamesInternalsOfTheJdkAndEachOfOnePackage() {
        noClasses().that().resideOutsideOfPackages(named("channel"), named("keyshare"), named("socket"))
            .should().dependOnClassesThat(areInternalsExcept("")).check(CLASSES);
        noClasses().that().resideInAnyPackage(named("channel"), named("socket"))
            .should().dependOnClassesThat(areInternalsExcept("sun.nio.ch")).check(CLASSES);
        noClasses().that().resideInAPackage(named("keyshare"))
            .should().dependOnClassesThat(areInternalsExcept("sun.security.ssl")).check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> areInternalsExcept(String packageName) {
        return DescribedPredicate.describe("are internals of the JDK, but for " + packageName, target ->
            target.getPackageName().matches("(sun|jdk|com\\.sun)\\..*") && !isOptional(target)
                && !target.getPackageName().equals(packageName));
    }

    @Test
    void theClassOfTheSwitchMentionsNothingThatNeedsTheDoorOpen() {
        noClasses().that().resideInAPackage(ROOT)
            .should().dependOnClassesThat().areAssignableTo("sun.nio.ch.SelChImpl")
            .check(CLASSES);
    }

    @Test
    void onlyModuleJavaBaseIsUsed() {
        classes().that(DescribedPredicate.describe("can do without the optional modules", type -> !needsOptionalModule(type)))
            .should().onlyDependOnClassesThat(
            DescribedPredicate.describe("are the provider's own or in module java.base", ArchitectureTest::isOwnOrInJavaBase))
            .check(CLASSES);
    }

    /** The classes that are loaded only where the module is there that they show things to. */
    @Test
    void flightRecordingsManagementAndAgentsAreOptional() {
        classes().that(DescribedPredicate.describe("need an optional module", ArchitectureTest::needsOptionalModule))
            .should().onlyDependOnClassesThat(DescribedPredicate.describe("are in module java.base or in an optional one",
                target -> isOwnOrInJavaBase(target) || isOptional(target)))
            .check(CLASSES);
    }

    /** What the JDK does for them takes several system calls for each address of the machine, which may have thousands. */
    @Test
    void nobodyListsTheInterfacesButTheCommands() {
        noClasses().that().resideOutsideOfPackage(named("tool") + "..")
            .should().dependOnClassesThat().areAssignableTo(NetworkInterface.class).check(CLASSES);
    }

    @Test
    void nobodyRefersToTheAgent() {
        noClasses().that().haveNameNotMatching(".*\\.FastOpenAgent(\\$.*)?")
            .should().dependOnClassesThat().haveNameMatching(".*\\.FastOpenAgent(\\$.*)?").check(CLASSES);
    }

    /** What is defined in the JDK is what the jar brings along: nobody is asked for the bytes of a class. */
    @Test
    void nothingOfTheDoorTakesAClassFile() {
        noMethods().that().areDeclaredInClassesThat().resideInAPackage(named("door"))
            .and().arePublic().should().haveRawParameterTypes(takesBytes()).check(CLASSES);
        noMethods().that().areDeclaredInClassesThat().haveFullyQualifiedName(named("channel") + ".BridgeByLookup")
            .should().haveRawParameterTypes(takesBytes()).check(CLASSES);
        classes().that().haveFullyQualifiedName(named("door") + ".JdkModule").should().bePackagePrivate().check(CLASSES);
        constructors().that().areDeclaredIn(named("door") + ".Bridge").should().bePrivate().check(CLASSES);
    }

    private static DescribedPredicate<List<JavaClass>> takesBytes() {
        return DescribedPredicate.describe("bytes", parameters ->
            parameters.stream().anyMatch(type -> type.isArray() && type.getBaseComponentType().isEquivalentTo(byte.class)));
    }

    /** What an operator must see is said before the application has begun to log, or where it never does. */
    @Test
    void nothingIsPrintedButByTheCommandsTheAgentAndAsAWarning() {
        noClasses().that().doNotHaveFullyQualifiedName(named("tool") + ".Main")
            .and().doNotHaveFullyQualifiedName(ROOT + ".FastOpenAgent")
            .and().doNotHaveFullyQualifiedName(named("monitor") + ".Log")
            .should().accessField(System.class, "out").orShould().accessField(System.class, "err")
            .orShould(callMethodWhere(DescribedPredicate.describe("printStackTrace is called",
                (JavaCall<?> call) -> call.getName().equals("printStackTrace"))))
            .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> isOutsideOrIn(List<String> packages) {
        return DescribedPredicate.describe("are in " + packages + " or not the provider's", target ->
            !target.getPackageName().startsWith(ROOT) || packages.contains(target.getPackageName()));
    }

    private static boolean needsOptionalModule(JavaClass type) {
        return type.getName().equals(named("monitor") + ".ConnectEvent")
            || type.getName().equals(named("monitor") + ".FlightRecordings")
            || type.getName().equals(named("monitor") + ".FastOpenManagement")
            || type.getName().startsWith(ROOT + ".FastOpenAgent");
    }

    private static boolean isOptional(JavaClass target) {
        String packageName = target.getBaseComponentType().getPackageName();
        return packageName.equals("jdk.jfr") || packageName.equals("javax.management")
            || packageName.equals("java.lang.instrument");
    }

    private static boolean isOwnOrInJavaBase(JavaClass target) {
        JavaClass type = target.getBaseComponentType();
        String packageName = type.getPackageName();
        return packageName.startsWith(ROOT)
            // The bridges aren't there before the door is open.
            || packageName.equals("sun.nio.ch") || packageName.equals("sun.security.ssl")
            || type.isPrimitive()
            || Object.class.getModule().getDescriptor().packages().contains(packageName);
    }

    private static String named(String lastPart) {
        return lastPart.isEmpty() ? ROOT : ROOT + "." + lastPart;
    }
}
