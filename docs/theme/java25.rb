require 'rouge'

# Rouge's lexer for Java knows the language of some years ago. These rules go before its own.
class Rouge::Lexers::Java
  name = /[[:alpha:]_][[:word:]]*/

  prepend :root do
    # On its own: a rule of Rouge's for methods would begin with the line break and swallow what follows.
    rule %r/\s+/, Text
    rule %r/"""[ \t]*\n.*?(?<!\\)"""/m, Str::Heredoc

    rule %r/'(?:\\u+\h{4}|\\.|[^\\'])'/, Str::Char

    rule %r/\b(import)([ \t]+)(module)([ \t]+)([\w.]+)/ do
      groups Keyword::Namespace, Text, Keyword::Namespace, Text, Name::Namespace
    end

    rule %r/\b(record)([ \t]+)(#{name})(?=\s*[(<])/ do
      groups Keyword::Declaration, Text, Name::Class
    end

    # Contextual keywords: names everywhere else.
    rule %r/\b(?:non-sealed|sealed|permits)\b(?=[ \t]+[[:alpha:]])/, Keyword::Declaration
    rule %r/\b(?:when|yield)\b(?=[ \t]+[^\s=.;,)])/, Keyword

    # Rouge takes "else if (" and "return new Reply(" for the heads of methods.
    rule %r/\b(?:return|throw|new|else|case|instanceof|yield)\b/, Keyword
    rule %r/\b(?:if|for|while|switch|try|catch|synchronized)\b(?=[ \t]*\()/, Keyword

    rule %r/\b(#{name})(\()/ do |m|
      token m[1] =~ /\A[[:upper:]]/ ? Name::Class : Name::Function, m[1]
      token Operator, m[2]
    end
  end
end
