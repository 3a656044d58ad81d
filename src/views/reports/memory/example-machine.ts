/** The virtual machine on which this workbench was built, as `capture --machine` wrote it on 26 November 2026: 24 GB, some 6.5 million frames. */
const ADDRESS = new URL('./example-machine.limbo', import.meta.url);

/** The example that comes with the page, as if it had been opened. Rejects when it cannot be fetched. */
export async function fetchExampleMachine(): Promise<File> {
  const answer = await fetch(ADDRESS);
  if (!answer.ok) throw new Error(`the example could not be fetched (${String(answer.status)})`);
  return new File([await answer.blob()], 'the machine of the workbench’s authors');
}
