import { SearchDialog } from '../search/search-dialog.tsx';
import { RecentDialog } from '../share/recent-dialog.tsx';
import { ShareDialog } from '../share/share-dialog.tsx';
import { DesignDialog } from './design-dialog.tsx';
import { FileDialog } from './file-dialog.tsx';
import { HelpDialog } from './help-dialog.tsx';

/** All dialogs, in one part of the program that is fetched when the first of them opens. */
export function Dialogs() {
  return (
    <>
      <HelpDialog />
      <DesignDialog />
      <FileDialog />
      <SearchDialog />
      <ShareDialog />
      <RecentDialog />
    </>
  );
}
