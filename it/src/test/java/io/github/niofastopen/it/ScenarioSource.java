// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import io.github.niofastopen.it.program.Scenario;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.AnnotationBasedArgumentsProvider;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Scenarios, each of which is an argument: {@code EnumSource} would have their names as text, which nobody finds. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(ScenarioSource.Provider.class)
@interface ScenarioSource {
    Scenario[] value();

    /** Gives each. */
    final class Provider extends AnnotationBasedArgumentsProvider<ScenarioSource> {

        @Override
        protected Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context,
                ScenarioSource source) {
            return Stream.of(source.value()).map(Arguments::of);
        }
    }
}
