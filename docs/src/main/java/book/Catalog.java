package book;

import java.io.IOException;
import java.nio.file.Files;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The short names of {@code jbang-catalog.json}, each with the script that it runs. */
final class Catalog {
  private static final Pattern ALIAS =
      Pattern.compile("\"([^\"]+)\"\\s*:\\s*\\{[^{}]*\"script-ref\"\\s*:\\s*\"([^\"]+)\"");

  private Catalog() {}

  static SequencedMap<String, String> aliases(Repo repo) throws IOException {
    var aliases = new TreeMap<String, String>();
    var catalog = repo.root().resolve("jbang-catalog.json");
    if (!Files.exists(catalog)) return aliases;
    ALIAS
        .matcher(Files.readString(catalog))
        .results()
        .forEach(alias -> aliases.put(alias.group(1), alias.group(2)));
    return aliases;
  }
}
