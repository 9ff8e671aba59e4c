package grader;

import java.nio.file.Path;

/**
 * What the compiler has against an answer.
 *
 * @param line from 1; 0 if it is about the file as a whole
 * @param column from 1, in characters; 0 likewise
 * @param message in javac's words, or in ours where javac would blame the checks; may have several
 *     lines
 * @param source the text of the line
 * @param inChecks whether the file is one of ours: the answer compiles, and no longer fits the
 *     checks
 */
public record CompileError(
    Path file, long line, long column, String message, String source, boolean inChecks) {}
