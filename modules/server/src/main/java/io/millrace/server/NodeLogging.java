// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where log lines go when the application says nothing about it: to a file of the node, because the console belongs to
 * the job's results. An application that configures Logback, or uses another backend of SLF4J, is left alone.
 *
 * <p>Threading: one call at a time; logging itself goes on from all threads.
 */
public final class NodeLogging {
    private static final String[] APPLICATION_FILES = {"logback-test.xml", "logback.xml"};
    /** The task is the job, the operators and the index of the subtask that logs, where one does. */
    private static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%thread] %logger{36}"
            + "%replace( [%X{millrace.task}]){' \\[\\]', ''} - %msg%n";

    private NodeLogging() {}

    /** Switches off Logback's own default, which prints everything on the console. For the start of a program. */
    public static void silence() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context && !applicationConfigures()) {
            context.reset();
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        }
    }

    /** Writes warnings and errors of everything, and what the engine tells, to {@code file}. */
    static void toFile(Path file) {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (!(factory instanceof LoggerContext context) || applicationConfigures()) {
            return;
        }
        context.reset();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender(context, file));
        context.getLogger("io.millrace").setLevel(Level.INFO);
    }

    private static boolean applicationConfigures() {
        ClassLoader loader = NodeLogging.class.getClassLoader();
        return System.getProperty("logback.configurationFile") != null
                || Stream.of(APPLICATION_FILES).anyMatch(name -> loader.getResource(name) != null);
    }

    private static RollingFileAppender<ILoggingEvent> appender(LoggerContext context, Path file) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();

        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setName("node-file");
        appender.setFile(file.toString());
        appender.setEncoder(encoder);

        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setMinIndex(1);
        rolling.setMaxIndex(3);
        rolling.setFileNamePattern(file + ".%i");
        rolling.start();

        SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
        trigger.setContext(context);
        trigger.setMaxFileSize(new FileSize(16 * FileSize.MB_COEFFICIENT));
        trigger.start();

        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(trigger);
        appender.start();
        return appender;
    }
}
