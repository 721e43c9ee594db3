"""First names often given in England, so that one at the start of a sentence is noticed. Not complete, and need not be."""

_WORDS = """
    aaliyah aarav aaron abdul abdullah abigail adam ahmed aisha alan alana albert aleksander alex alexander
    alexandra alexis alfie alfred ali alice alicia alina alisha amber amelia amelie amina amir amira amy anaya
    andrew angel anna annabel annabelle annie anthony anya archer archie aria ariana arlo arthur arya asher ashton
    athena aurora austin autumn ava ayaan ayesha ayla barnaby beatrice beau bella ben benjamin bethany billy blake
    bobby bonnie bradley brandon brody brooke caleb callum cameron carter charlie charlotte chelsea chester chloe
    christopher clara cole connor conor cooper cora corey daisy daniel danielle darcey darcie darcy david delilah
    dexter dominic dylan ebony eden edie edith edward eleanor elena eli elias elijah elise eliza elizabeth ella elle
    ellie elliot elliott ellis elodie elsie emilia emily emma emmanuel erin esme ethan eva evan evelyn evie ezra
    faith fatima felix fern finlay finley finn flora florence frances francesca francis frank frankie freddie
    frederick freya gabriel gabriella george georgia georgie gracie hamza hannah harley harper harriet harris
    harrison harry harvey hasan hassan hattie hazel heidi henry holly hudson hugo ibraheem ibrahim imogen india iris
    isaac isabel isabella isabelle isha isla ivy jack jackson jacob jade jake jamal james jamie jasmine jason jasper
    jax jaxon jayden jennifer jenson jessica jessie joel john jonah jonathan jordan joseph joshua josie jude julia
    julian kai kayden kayla kayleigh keira kian kieran kobi kyle kyra lacey layla leah leo leon leonardo lewis lexi
    leyla liam libby lilah lillian lilly lily logan lola lottie louie louis louisa luca lucas lucia lucy luke luna
    lydia lyla mabel macy maddison madison maisie malachi marcus margot maria marnie martha maryam mason matilda
    matthew maya megan mia michael mila miles millie milo mohamed mohammad mohammed molly morgan muhammad myles
    nathan nathaniel nevaeh niamh nicholas nicole nina noah nora oakley olive oliver olivia ollie oscar otis otto
    owen patrick penelope penny peter phoebe phoenix polly poppy priya rachel ralph reggie reuben rhys riley robert
    robin robyn roman ronnie rory rosa rosie rowan ruby rufus rupert ryan sadie saffron samantha samuel sara sarah
    scarlett sebastian selina seth shannon sienna skye sofia sonny sophia sophie stanley stella stephen summer
    tabitha talia tallulah teddy theo theodore thomas tia tilly tobias toby tommy tyler uma victoria vinnie violet
    wilfred william willow xander yasmin yusuf zac zach zachary zain zainab zak zara zayn zoe zofia zuri
"""
FIRST_NAMES = frozenset(_WORDS.split())
