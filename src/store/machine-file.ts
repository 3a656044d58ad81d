import { create } from 'zustand';

/** The file of a machine's frames that was given to the page last; it is read where it is shown. */
export const useMachineFile = create<{ readonly file: File | null }>(() => ({ file: null }));

/** Whether a file holds the frames of a machine, by how it begins. */
export async function isMachineFile(file: File): Promise<boolean> {
  return (await file.slice(0, 200).text()).includes('"limbo-machine"');
}

export function giveMachineFile(file: File): void {
  useMachineFile.setState({ file });
}
