/** A chart that is not drawn; the message is a sentence for the reader. */
export class Refusal extends Error {}
