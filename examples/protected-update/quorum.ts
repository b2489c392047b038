/** How many readers must grant a lock, and have a value. */
export interface Quorum {
  readonly quorum: number;
}

export function quorumOf({ params }: { readonly params: Quorum }): Quorum {
  return { quorum: params.quorum };
}
