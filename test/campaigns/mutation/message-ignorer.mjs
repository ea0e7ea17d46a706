/**
 * Leaves sentences alone: whether a message reads otherwise is what people judge when they look at the golden files.
 *
 * Only text of at least three words counts as one, so that codes, keys and signs stay fair game; and a template in which
 * something is decided stays fair game as a whole.
 */
export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'message',
    value: {
      shouldIgnore(path) {
        if (path.isStringLiteral() && isSentence(path.node.value)) return REASON;
        if (path.isTemplateLiteral()) {
          const text = path.node.quasis.map((part) => part.value.raw).join('x');
          if (isSentence(text) && path.node.expressions.every((one) => decidesNothing(one))) return REASON;
        }
        return undefined;
      },
    },
  },
];

const REASON = 'words for people';

function isSentence(text) {
  return /\p{L}+[^\p{L}]* \S*\p{L}+.* \S*\p{L}+/u.test(text);
}

function decidesNothing(expression) {
  switch (expression.type) {
    case 'Identifier':
      return true;
    case 'MemberExpression':
      return decidesNothing(expression.object);
    case 'CallExpression':
      return expression.arguments.every((one) => decidesNothing(one));
    default:
      return false;
  }
}
