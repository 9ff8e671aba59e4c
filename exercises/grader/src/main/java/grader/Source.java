package grader;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.SimpleJavaFileObject;

/**
 * A learner's file as the compiler gets it: UTF-8, without the mark that some editors put first.
 */
final class Source extends SimpleJavaFileObject {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final Path path;
  private final String text;

  private Source(Path path, String text) {
    super(uri(path), Kind.SOURCE);
    this.path = path;
    this.text = text;
  }

  /**
   * @throws NotText if the file is not UTF-8
   * @throws CannotWork if it cannot be read
   */
  static Source read(Path path) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (IOException unreadable) {
      throw new CannotWork("cannot read " + path, unreadable);
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new Source(path, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    } catch (CharacterCodingException notUtf8) {
      throw new NotText(path);
    }
  }

  Path path() {
    return path;
  }

  /** The line with this number, from 1; empty if there is none. */
  String line(long number) {
    var lines = lines();
    return number < 1 || number > lines.size() ? "" : lines.get((int) number - 1);
  }

  List<String> lines() {
    return text.lines().toList();
  }

  String text() {
    return text;
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
    return text;
  }

  private static URI uri(Path path) {
    return path.toAbsolutePath().toUri();
  }

  /** A file that is not UTF-8 text. */
  static final class NotText extends RuntimeException {
    private static final long serialVersionUID = 1;

    private NotText(Path path) {
      super(path.toString());
    }
  }
}
