package ch06;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Exercise 6.1: safe name.
 *
 * <p>The library shows its maps on the web. Whoever wants one sends its name, and the server reads
 * the file of that name below its folder, or writes it there. Folders below the folder are allowed,
 * and so are blanks and letters that are escaped as in a URL (RFC 3986, section 2.1).
 *
 * <pre>
 * root: /srv/www
 *
 * atlas.png                   /srv/www/atlas.png
 * maps/old%20world.png        /srv/www/maps/old world.png
 * ../www-secret/key           refused
 * %2e%2e/www-secret/key       refused: it says the same
 * /etc/passwd                 refused
 * </pre>
 *
 * <p>The names come from strangers, and some of them are after other files. See CWE-22 and CWE-59.
 */
public final class SafeName {
  private SafeName() {}

  /**
   * The file that a client's name stands for.
   *
   * <p>The name is decoded once: {@code %} and two hexadecimal digits are one byte of UTF-8, and
   * any other character stands for itself, {@code +} too. What has been decoded are names of
   * folders with {@code /} between them, and the name of a file at the end. Refused is
   *
   * <ul>
   *   <li>an escape that is none ({@code %}, {@code %2}, {@code %zz}), and bytes that are no UTF-8;
   *   <li>a name that leads out of {@code root}: by {@code ..}, because it is absolute, or through
   *       a symbolic link anywhere on its way. A link to nothing is refused, too: who writes there
   *       makes the file that it names. A link that stays inside is fine. {@code root} itself may
   *       be reached through a link. A {@code ..} that stays inside may be refused or not;
   *   <li>a name that stands for {@code root} itself, the empty one for example;
   *   <li>a name with a character below 32 (NUL, CR, LF, ...), a backslash or a colon, or with a
   *       part that is a device on Windows: {@code CON}, {@code PRN}, {@code AUX}, {@code NUL},
   *       {@code COM1} to {@code COM9}, {@code LPT1} to {@code LPT9}, in any case, with or without
   *       an extension. The folder is copied to a machine with Windows every night.
   * </ul>
   *
   * @param root the folder, which exists
   * @param name what the client sent
   * @return where the file is or, if there is none, would be
   * @throws Refused with a reason that fits in one line of a log, whatever the name holds
   * @throws IOException if the file system fails
   */
  public static Path of(Path root, String name) throws IOException {
    // TODO: decode, look at the parts, and look where they lead.
    throw new UnsupportedOperationException("TODO: exercise 6.1");
  }

  /** The name stands for no file that a stranger may have. */
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    public Refused(String why) {
      super(why);
    }
  }
}
